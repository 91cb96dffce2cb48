package io.jenkins.plugins.projectdeployer.model;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Base URLs of nodes: what is wrong with one, and when two are one. */
public final class NodeUrl {

    private NodeUrl() {}

    /** What is wrong with the base URL of a node; null when nothing is. */
    static String problem(String url) {
        if (url == null) {
            return "is missing; give the base URL with protocol and port, such as https://prod.example.com:10000";
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                return "must begin with http:// or https://";
            }
            if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
                return "must not hold a user or a key; choose a credential instead";
            }
            if (uri.getHost() == null) {
                return "has no host that is a name of letters, digits, dots and dashes, or an address";
            }
            if (uri.getPort() < 1 || uri.getPort() > 65535) {
                return "must name the port, such as " + scheme + "://" + uri.getHost() + ":10000";
            }
            if (isOfApi(uri.getPath())) {
                return "ends in the path of the API; leave it out, it is added by itself";
            }
            return uri.getRawQuery() != null || uri.getRawFragment() != null ? "must end before ? and #" : null;
        } catch (URISyntaxException e) {
            return "is no URL: " + e.getReason();
        }
    }

    /** Whether a URL of this path leads to the API of a node, and not to the node. */
    public static boolean isOfApi(String path) {
        return path.matches("(.*/)?(public/api|dip/publicapi)/*");
    }

    /**
     * What two spellings of one node's address have in common: host without case and final dot, port, and path. The
     * protocol is left out, since one port speaks one only.
     */
    static String identity(String url) {
        try {
            URI uri = new URI(url).normalize();
            return uri.getHost() == null ? url : host(uri.getHost()) + ":" + uri.getPort() + uri.getPath().replaceAll("/+$", "");
        } catch (URISyntaxException e) {
            return url;
        }
    }

    private static String host(String host) {
        if (host.startsWith("[")) {
            try {
                return InetAddress.getByName(host).getHostAddress(); // an address in brackets is never looked up
            } catch (UnknownHostException e) {
                return host.toLowerCase(Locale.ROOT);
            }
        }
        return host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    }
}
