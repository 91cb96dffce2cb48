package hudson.model;

public abstract class ManagementLink implements Action {

    public ManagementLink() {}

    public ManagementLink.Category getCategory() {
        throw new UnsupportedOperationException();
    }

    public String getDescription() {
        throw new UnsupportedOperationException();
    }

    public abstract String getIconFileName();

    public abstract String getUrlName();

    public enum Category {

        CONFIGURATION
    }
}
