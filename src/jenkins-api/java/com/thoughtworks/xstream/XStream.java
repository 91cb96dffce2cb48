package com.thoughtworks.xstream;

public class XStream {}
