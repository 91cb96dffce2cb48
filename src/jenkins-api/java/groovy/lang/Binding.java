package groovy.lang;

public class Binding {}
