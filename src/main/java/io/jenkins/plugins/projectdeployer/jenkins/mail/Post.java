package io.jenkins.plugins.projectdeployer.jenkins.mail;

import hudson.model.User;
import hudson.tasks.MailAddressResolver;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.io.UnsupportedEncodingException;
import jenkins.plugins.mailer.tasks.MimeMessageBuilder;

/** Jenkins' mailer: its server, its sender, its ways to find an address. Not to be touched where it is not installed. */
final class Post {

    private Post() {}

    /** Null when nobody knows one. */
    static String address(User user) {
        return MailAddressResolver.resolve(user);
    }

    static void send(String address, String subject, String body) throws MessagingException, UnsupportedEncodingException {
        Transport.send(new MimeMessageBuilder().addRecipients(address).setSubject(subject).setBody(body).buildMimeMessage());
    }
}
