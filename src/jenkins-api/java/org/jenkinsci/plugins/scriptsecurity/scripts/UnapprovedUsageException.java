package org.jenkinsci.plugins.scriptsecurity.scripts;

public final class UnapprovedUsageException extends SecurityException {}
