package io.jenkins.plugins.projectdeployer.browser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real browser without a window, with a profile of its own. Program and driver are where Debian puts them, or where
 * {@code -Dchromium=} and {@code -Dchromedriver=} say.
 */
public final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));
    private static final Path DRIVER = Path.of(System.getProperty("chromedriver", "/usr/bin/chromedriver"));

    private static final String AXE = axe();

    private final ChromeDriver driver;
    private final String root;

    /** @param root Jenkins' address, with a slash at its end */
    public Browser(String root, Path profile) {
        this.root = root;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                "--window-size=1280,1400", "--user-data-dir=" + profile);
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build(), options);
    }

    public static boolean isThere() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    public Browser login(String user) {
        driver.manage().deleteAllCookies();
        go("login");
        see(By.name("j_username")).sendKeys(user);
        see(By.name("j_password")).sendKeys(user);
        driver.findElement(By.name("Submit")).click();
        waits().until(ExpectedConditions.not(ExpectedConditions.urlContains("login")));
        return this;
    }

    public Browser go(String path) {
        driver.get(root + path);
        return this;
    }

    /** Waits until it is shown. */
    public WebElement see(By what) {
        return waits().until(ExpectedConditions.visibilityOfElementLocated(what));
    }

    /** Waits until the page says so. */
    public void reads(String text) {
        waits().withMessage(() -> "\"" + text + "\" in: " + driver.findElement(By.tagName("body")).getText())
                .until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
    }

    public void press(String id) {
        waits().until(ExpectedConditions.elementToBeClickable(By.id(id))).click();
    }

    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Kept only where {@code -Dscreenshots=} names a directory. */
    public void shoot(String name) throws IOException {
        String directory = System.getProperty("screenshots");
        if (directory != null) {
            File shot = driver.getScreenshotAs(OutputType.FILE);
            Files.createDirectories(Path.of(directory));
            Files.copy(shot.toPath(), Path.of(directory, name + ".png"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** How fast it sends; 0: as fast as it can. */
    public Browser sends(int bytesPerSecond) {
        if (bytesPerSecond == 0) {
            driver.deleteNetworkConditions();
        } else {
            ChromiumNetworkConditions slow = new ChromiumNetworkConditions();
            slow.setUploadThroughput(bytesPerSecond);
            slow.setDownloadThroughput(1 << 30);
            driver.setNetworkConditions(slow);
        }
        return this;
    }

    /** How wide the page is, which may be less than the narrowest window. */
    public Browser width(int pixels) {
        return size(pixels, 1400);
    }

    private Browser size(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** {@code light} or {@code dark}, as the system of whoever looks prefers it. */
    public Browser scheme(String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** Presses keys where the focus is. */
    public Browser keys(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    /** What a script in the page returns. */
    public Object run(String script) {
        return driver.executeScript(script);
    }

    /** What of ours stands out of the window to the right; what scrolls by itself does not count. */
    @SuppressWarnings("unchecked")
    public List<String> tooWide() {
        return (List<String>) run("""
                const width = document.documentElement.clientWidth;
                return [...document.querySelectorAll("#project-deployer *")]
                  .filter(each => each.getBoundingClientRect().right > width + 1)
                  .filter(each => !each.parentElement.closest(".project-deployer-scroll, .project-deployer-board"))
                  .map(each => `${each.localName}.${each.className} ${each.getBoundingClientRect().right} of ${width}`);
                """);
    }

    /** Waits until a script in the page returns true. */
    public void until(String script) {
        waits().withMessage(() -> script + ": " + text()).until(any -> Boolean.TRUE.equals(run(script)));
    }

    /** What axe calls serious or critical in the page as it is. */
    public List<String> barriers() {
        return barriers("html");
    }

    /**
     * The same of a part of the page.
     *
     * @param part CSS selector
     */
    public List<String> barriers(String part) {
        return barriers(part, "#nothing");
    }

    /**
     * @param part CSS selector
     * @param other what of it is somebody else's; CSS selector
     */
    @SuppressWarnings("unchecked")
    public List<String> barriers(String part, String other) {
        run("document.getAnimations().filter(each => each.effect && each.playbackRate && each.effect.getComputedTiming().endTime !== Infinity).forEach(each => each.finish())");
        driver.executeScript(AXE);
        return (List<String>) driver.executeAsyncScript("""
                const [part, other, done] = arguments;
                axe.run({include: part, exclude: other}, {resultTypes: ["violations"]}).then(({violations}) => done(violations
                  .filter(({impact}) => ["serious", "critical"].includes(impact))
                  .map(({id, nodes}) => id + ": " + nodes.map(node => node.target.join(" ") + " " + node.failureSummary).join("; "))));
                """, part, other);
    }

    /** What scripts complained of in the console, such as one that the rule for scripts forbade; not that something was refused. */
    public List<String> complaints() {
        return console().stream().filter(message -> !message.contains("Failed to load resource")).toList();
    }

    /** Every error in the console since it was asked for last, also that something was refused. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of a window as high as this. */
    public void shoot(String name, int height) throws IOException {
        size(1280, height).shoot(name);
    }

    private WebDriverWait waits() {
        return new WebDriverWait(driver, Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
