package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.XmlFile;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Settings are read whole or not at all. Jenkins otherwise leaves out a value that it cannot read, an element that it does
 * not know, and a field that is not there; and a gate without its number of approvals, say, is open.
 */
final class WholeXml {

    private static final XStream2 XSTREAM = new XStream2();

    static {
        Set<Class<?>> known = new HashSet<>();
        nothingLeftOut(ProjectDeployerConfiguration.class, known);
        nothingLeftOut(InfrastructureConfig.class, known);
    }

    private WholeXml() {}

    static XmlFile file(File file) {
        return new XmlFile(XSTREAM, file);
    }

    /**
     * Compares a file with what was read from it.
     *
     * @param elsewhere name of an element at the top that is read, but kept in files of its own
     * @throws IOException when the file has an element that was left out
     */
    static void requireWhole(File file, Object read, String elsewhere) throws IOException {
        Map<String, Integer> written = new HashMap<>();
        count(root(new InputSource(new StringReader(XSTREAM.toXML(read)))), "", elsewhere, written);
        Map<String, Integer> there = new TreeMap<>();
        count(root(new InputSource(file.toURI().toString())), "", elsewhere, there);
        for (Map.Entry<String, Integer> element : there.entrySet()) {
            if (element.getValue() > written.getOrDefault(element.getKey(), 0)) {
                throw new IOException(file + " has " + element.getKey() + ", which is not understood here");
            }
        }
    }

    private static Element root(InputSource source) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(source).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    /** How often each kind of element is there, by the names that lead to it. */
    private static void count(Element element, String above, String elsewhere, Map<String, Integer> counted) {
        String path = above + "/" + element.getTagName();
        counted.merge(path, 1, Integer::sum);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner && !(above.isEmpty() && inner.getTagName().equals(elsewhere))) {
                count(inner, path, elsewhere, counted);
            }
        }
    }

    /** Of what the fields of a type of ours hold, and what those hold in turn. */
    private static void nothingLeftOut(Class<?> type, Set<Class<?>> known) {
        if (!type.getPackageName().equals(WholeXml.class.getPackageName()) || !known.add(type)) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                XSTREAM.addCriticalField(type, field.getName());
                classes(field.getGenericType()).forEach(each -> nothingLeftOut(each, known));
            }
        }
        nothingLeftOut(type.getSuperclass(), known);
    }

    /** The class itself, or what a list of it holds. */
    private static Stream<Class<?>> classes(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments()).flatMap(WholeXml::classes);
        }
        return type instanceof Class<?> one ? Stream.of(one) : Stream.empty();
    }
}
