package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.util.XStream2;
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
final class WholeOrNotAtAll {

    private WholeOrNotAtAll() {}

    /** Whatever a type's fields hold, and what those hold in turn. */
    static void read(XStream2 xstream, Class<?>... types) {
        Set<Class<?>> known = new HashSet<>();
        Arrays.stream(types).forEach(type -> read(xstream, type, known));
    }

    private static void read(XStream2 xstream, Class<?> type, Set<Class<?>> known) {
        if (!type.getPackageName().equals(WholeOrNotAtAll.class.getPackageName()) || !known.add(type)) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                xstream.addCriticalField(type, field.getName());
                classes(field.getGenericType()).forEach(each -> read(xstream, each, known));
            }
        }
        read(xstream, type.getSuperclass(), known);
    }

    /** The class itself, or what a list of it holds. */
    private static Stream<Class<?>> classes(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments()).flatMap(WholeOrNotAtAll::classes);
        }
        return type instanceof Class<?> one ? Stream.of(one) : Stream.empty();
    }
}
