package jakarta.mail.internet;

import jakarta.mail.Message;

public class MimeMessage extends Message {}
