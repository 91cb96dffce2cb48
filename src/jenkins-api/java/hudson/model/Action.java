package hudson.model;

public interface Action extends ModelObject {

    String getDisplayName();

    String getIconFileName();

    String getUrlName();
}
