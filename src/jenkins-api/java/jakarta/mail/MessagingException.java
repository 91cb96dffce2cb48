package jakarta.mail;

public class MessagingException extends Exception {}
