package jakarta.mail;

public abstract class Message {}
