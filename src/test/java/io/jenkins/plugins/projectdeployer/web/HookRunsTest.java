package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.store.Anchor;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far back the page of hooks looks: sixty updates, of which two had a hook. */
class HookRunsTest {

    private static final long UPDATES = 60;
    private static final Set<Long> WITH_HOOK = Set.of(60L, 5L);

    @TempDir
    private Path home;

    private final AtomicInteger lookedAt = new AtomicInteger();

    @Test
    void a_full_page_looks_no_further() {
        JsonNode page = page("limit=1");

        assertThat(page.path("runs").findValuesAsText("update")).containsExactly("60");
        assertThat(page.path("next").asLong()).isEqualTo(60);
        assertThat(lookedAt).as("updates that were read").hasValueLessThanOrEqualTo(25);
    }

    @Test
    void what_ran_long_ago_is_found_too() {
        assertThat(page("limit=2").path("runs").findValuesAsText("update")).containsExactly("60", "5");
        assertThat(page("limit=2").path("next").asLong()).isEqualTo(5);
        assertThat(page("limit=9&before=60").path("runs").findValuesAsText("update")).containsExactly("5");
    }

    @Test
    void the_last_page_has_none_after_it() {
        assertThat(page("limit=9").path("runs").findValuesAsText("update")).containsExactly("60", "5");
        assertThat(page("limit=9").path("next").isNull()).isTrue();
    }

    private JsonNode page(String query) {
        try (World world = new World(home).infrastructure(World.infrastructure("prod", "Production", List.of()))) {
            Api api = new Api(world::configuration, person -> false, new Access(world.people()), records());
            new HookResources(records(), () -> null).addTo(api.routes());
            return Caller.answer(api.answer(() -> WebRequest.of("GET", "/hooks/runs", query, name -> null, null, "admin"),
                    () -> world.people().person("admin"))).json();
        }
    }

    private Records records() {
        return (Records) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Records.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "head" -> new Anchor(1, "0".repeat(64));
                    case "updates" -> updates((long) arguments[0], (int) arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private List<Update> updates(long before, int limit) {
        long newest = Math.min(before - 1, UPDATES);
        List<Update> updates = LongStream.iterate(newest, number -> number > Math.max(0, newest - limit), number -> number - 1)
                .mapToObj(HookRunsTest::update).toList();
        lookedAt.addAndGet(updates.size());
        return updates;
    }

    private static Update update(long number) {
        Update update = Update.submitted(number, World.request("CHURN", "v1", "prod").build(), Instant.EPOCH);
        return WITH_HOOK.contains(number)
                ? update.after(new UpdateEvent.RunStarted(Update.RunKind.POST_HOOK, "notify", null), Instant.EPOCH)
                : update;
    }
}
