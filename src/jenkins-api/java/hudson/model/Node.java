package hudson.model;

import hudson.security.AccessControlled;

public abstract class Node implements ModelObject, ReconfigurableDescribable<Node>, AccessControlled, Saveable {}
