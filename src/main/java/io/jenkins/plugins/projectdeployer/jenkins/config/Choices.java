package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Util;
import hudson.util.ComboBoxModel;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DesignNode;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What several forms offer beside a field that may be typed as well: only what the visitor may see, and nothing while nothing can be asked. */
public final class Choices {

    private static final int MOST_BUNDLES = 100;

    private Choices() {}

    /** Ids of infrastructures. */
    public static ComboBoxModel infrastructures() {
        return model(() -> seen(Visitor.current()).map(Infrastructure::id));
    }

    /** Keys of published projects. */
    public static ComboBoxModel projects() {
        Visitor visitor = Visitor.current();
        return model(() -> Engine.get().records().projects().stream().filter(visitor::sees).map(PublishedProject::key));
    }

    /** Ids of a project's bundles, the newest first. */
    public static ComboBoxModel bundles(String project) {
        Visitor visitor = Visitor.current();
        String key = Util.fixEmptyAndTrim(project);
        return model(() -> key == null || Engine.get().records().project(key).filter(visitor::sees).isEmpty()
                ? Stream.of()
                : Engine.get().records().bundlesInBrief(key).stream().limit(MOST_BUNDLES).map(Bundle::bundleId));
    }

    /** Ids of design nodes, which have no grants of their own: for whoever has to do with deployments at all. */
    public static ComboBoxModel designNodes() {
        Visitor visitor = Visitor.current();
        return model(() -> visitor.administers() || seen(visitor).findAny().isPresent()
                ? configuration().designNodes().stream().map(DesignNode::id)
                : Stream.of());
    }

    private static Stream<Infrastructure> seen(Visitor visitor) {
        return visitor.infrastructures(configuration(), InfrastructureRight.READ).stream();
    }

    private static Configuration configuration() {
        return ProjectDeployerConfiguration.get().configuration();
    }

    private static ComboBoxModel model(Supplier<Stream<String>> names) {
        try {
            return new ComboBoxModel(names.get().toList());
        } catch (Refused e) {
            return new ComboBoxModel(List.of()); // the check of what is typed says why, where there is one
        }
    }
}
