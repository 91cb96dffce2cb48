package hudson.cli;

import hudson.ExtensionPoint;
import java.io.InputStream;
import java.io.PrintStream;

public abstract class CLICommand implements ExtensionPoint, Cloneable {

    public transient PrintStream stdout;

    public transient InputStream stdin;

    public abstract String getShortDescription();

    protected abstract int run() throws Exception;
}
