package jenkins.security;

public class BasicHeaderApiTokenAuthenticator extends BasicHeaderAuthenticator {}
