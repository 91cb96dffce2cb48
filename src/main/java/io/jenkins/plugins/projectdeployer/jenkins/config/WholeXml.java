package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.XmlFile;
import hudson.util.XStream2;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Settings are read whole or not at all. Jenkins otherwise leaves out a value that it cannot read, and a gate without its
 * number of approvals, say, is open.
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
