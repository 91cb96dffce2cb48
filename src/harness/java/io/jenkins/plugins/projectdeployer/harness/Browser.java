package io.jenkins.plugins.projectdeployer.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real browser without a window, with a profile of its own. Program and driver are where Debian puts them, or where
 * {@code -Dchromium=} and {@code -Dchromedriver=} say.
 */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));
    private static final Path DRIVER = Path.of(System.getProperty("chromedriver", "/usr/bin/chromedriver"));

    private final ChromeDriver driver;
    private final String root;

    /** @param root Jenkins' address, with a slash at its end */
    Browser(String root, Path profile) {
        this.root = root;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                "--window-size=1280,1400", "--user-data-dir=" + profile);
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build(), options);
    }

    static boolean isThere() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    Browser login(String user) {
        driver.manage().deleteAllCookies();
        go("login");
        see(By.name("j_username")).sendKeys(user);
        see(By.name("j_password")).sendKeys(user);
        driver.findElement(By.name("Submit")).click();
        waits().until(ExpectedConditions.not(ExpectedConditions.urlContains("login")));
        return this;
    }

    Browser go(String path) {
        driver.get(root + path);
        return this;
    }

    /** Waits until it is shown. */
    WebElement see(By what) {
        return waits().until(ExpectedConditions.visibilityOfElementLocated(what));
    }

    /** Waits until the page says so. */
    void reads(String text) {
        waits().withMessage(() -> "\"" + text + "\" in: " + driver.findElement(By.tagName("body")).getText())
                .until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
    }

    void press(String id) {
        waits().until(ExpectedConditions.elementToBeClickable(By.id(id))).click();
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Kept only where {@code -Dscreenshots=} names a directory. */
    void shoot(String name, int height) throws IOException {
        String directory = System.getProperty("screenshots");
        if (directory != null) {
            driver.manage().window().setSize(new Dimension(1280, height));
            File shot = driver.getScreenshotAs(OutputType.FILE);
            Files.createDirectories(Path.of(directory));
            Files.copy(shot.toPath(), Path.of(directory, name + ".png"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private WebDriverWait waits() {
        return new WebDriverWait(driver, Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
