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

    private long recorded = 1;
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

    @Test
    void the_tag_changes_with_what_is_shown_and_not_with_everything_that_is_recorded() {
        try (World world = world()) {
            Api api = api(world);
            String tag = answer(api, world, "limit=1", null).headers().get("ETag");
            int made = lookedAt.get();

            assertThat(answer(api, world, "limit=1", tag).status()).isEqualTo(304);
            assertThat(lookedAt).as("updates that were read for it").hasValue(made);
            recorded++;
            assertThat(answer(api, world, "limit=1", tag).status()).as("something else was recorded").isEqualTo(304);
            assertThat(answer(api, world, "limit=2", tag).status()).isEqualTo(200);
        }
    }

    private JsonNode page(String query) {
        try (World world = world()) {
            return Caller.answer(answer(api(world), world, query, null)).json();
        }
    }

    private World world() {
        return new World(home).infrastructure(World.infrastructure("prod", "Production", List.of()));
    }

    private Api api(World world) {
        Api api = new Api(world::configuration, person -> false, new Access(world.people()), records());
        new HookResources(records(), () -> null).addTo(api.routes());
        return api;
    }

    private static WebReply answer(Api api, World world, String query, String tag) {
        return api.answer(() -> WebRequest.of("GET", "/hooks/runs", query, name -> name.equals("If-None-Match") ? tag : null, null, "admin"),
                () -> world.people().person("admin"));
    }

    private Records records() {
        return (Records) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Records.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "head" -> new Anchor(recorded, "0".repeat(64));
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
