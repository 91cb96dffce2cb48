package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes sockets as another factory does, and tells the attempt of this thread about each. */
final class AttemptSockets extends SocketFactory {

    private final SocketFactory sockets;
    private final boolean channels;

    /** @param plain whether what is written goes out as it is, not through TLS */
    AttemptSockets(SocketFactory sockets, boolean plain) {
        this.sockets = sockets;
        this.channels = plain && sockets == SocketFactory.getDefault();
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = channels ? new ChannelSocket() : sockets.createSocket();
        Attempt attempt = Attempt.current();
        if (attempt != null) {
            attempt.connects(socket);
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return sockets.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return sockets.createSocket(address, port, localAddress, localPort);
    }
}
