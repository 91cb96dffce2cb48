package io.jenkins.plugins.projectdeployer.jenkins.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the infrastructures are once code has defined them. It takes the place of what code defined before; what pages own stays,
 * be it that they created it or that code only sowed it.
 */
final class CodeOverPages {

    private CodeOverPages() {}

    /** @param unreadable whether an infrastructure may well be there, in a file that cannot be read: then code does not sow it anew */
    static List<InfrastructureConfig> merged(
            List<InfrastructureConfig> code, List<InfrastructureConfig> before, Predicate<InfrastructureConfig> unreadable) {
        List<InfrastructureConfig> all = new ArrayList<>();
        for (InfrastructureConfig given : code) {
            if (given.isSeed() && unreadable.test(given)) {
                continue;
            }
            given.ownedByCode();
            Optional<InfrastructureConfig> grown = before.stream().filter(there -> given.isSeed() && there.is(given.getId())).findFirst();
            grown.ifPresent(InfrastructureConfig::ownedByPages);
            all.add(grown.orElse(given));
        }
        before.stream()
                .filter(there -> !there.isByCode() && all.stream().noneMatch(given -> given.is(there.getId())))
                .forEach(all::add);
        return all;
    }
}
