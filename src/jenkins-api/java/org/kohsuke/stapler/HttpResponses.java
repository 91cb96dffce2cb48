package org.kohsuke.stapler;

public class HttpResponses {

    public static abstract class HttpResponseException extends RuntimeException {}
}
