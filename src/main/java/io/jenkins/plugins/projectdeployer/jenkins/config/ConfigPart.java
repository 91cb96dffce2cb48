package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * A part of the configuration. Lists are kept in {@link ArrayList}s, which XStream writes plainly, and are given out
 * unmodifiable; one that an older file lacks reads as empty.
 *
 * @param <T> the part itself
 */
abstract class ConfigPart<T extends ConfigPart<T>> implements Describable<T> {

    /** A list fit to be kept. */
    static <E> List<E> kept(List<E> given) {
        return given == null ? new ArrayList<>() : new ArrayList<>(given);
    }

    /** A kept list, for others to read. */
    static <E> List<E> shown(List<E> kept) {
        return kept == null ? List.of() : Collections.unmodifiableList(kept);
    }

    /** The records of a kept list. */
    static <E, M> List<M> models(List<E> kept, Function<E, M> toModel) {
        return shown(kept).stream().map(toModel).toList();
    }

    /** The constant of this name; null stays null, for the model to judge. */
    static <E extends Enum<E>> E named(Class<E> type, String field, String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.invalid(Messages.ConfigPart_none(field, Ids.printable(name), names(type))));
    }

    /** The constant of this name, which must be given. */
    static <E extends Enum<E>> E required(Class<E> type, String field, String name) {
        if (name == null) {
            throw Refused.invalid(Messages.ConfigPart_missing(field, names(type)));
        }
        return named(type, field, name);
    }

    private static String names(Class<? extends Enum<?>> type) {
        return String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    }

    /** The record of a part, or a refusal that says in which part it is wrong. */
    static <M> M within(String kind, String name, Supplier<M> toModel) {
        try {
            return toModel.get();
        } catch (Refused | IllegalArgumentException e) {
            throw Refused.invalid(Messages.ConfigPart_within(kind, Ids.printable(name), e.getMessage()));
        }
    }

    /** The parts of a form's list: none, one that stands alone, or several. Each is made by its own descriptor. */
    static <E> List<E> bound(StaplerRequest2 req, Class<E> type, Object typed) {
        List<?> each = typed instanceof JSONArray array ? array : typed == null ? List.of() : List.of(typed);
        List<E> parts = new ArrayList<>();
        each.forEach(part -> parts.add(Descriptor.bindJSON(req, type, (JSONObject) part)));
        return parts;
    }

    /** A drop-down of constants, by their own names. */
    static ListBoxModel choices(Enum<?>... constants) {
        ListBoxModel model = new ListBoxModel();
        Arrays.stream(constants).forEach(constant -> model.add(constant.name(), constant.name()));
        return model;
    }

    /** A drop-down of names; the one that is set stays choosable although it may be gone. */
    static ListBoxModel drop(String none, Stream<String> names, String set) {
        ListBoxModel model = new ListBoxModel();
        if (none != null) {
            model.add(none, "");
        }
        Set<String> all = new LinkedHashSet<>(names.toList());
        if (Util.fixEmptyAndTrim(set) != null) {
            all.add(set.strip());
        }
        all.forEach(name -> model.add(name, name));
        return model;
    }

    /** A form check's answer; {@code problem} goes on where {@code field} ends, and is null when nothing is wrong. */
    static FormValidation answer(String field, String problem) {
        return problem == null ? FormValidation.ok() : FormValidation.error(field + " " + problem);
    }

    /** The record of a part that may be left out; null then, which the model reads as the default. */
    static <E, M> M model(E part, Function<E, M> toModel) {
        return part == null ? null : toModel.apply(part);
    }
}
