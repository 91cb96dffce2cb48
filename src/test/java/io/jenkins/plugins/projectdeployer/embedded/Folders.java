package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tree of project folders. Its root is {@code ROOT}, without a name, as on a real node. */
public final class Folders {
    static final String ROOT = "ROOT";

    static final class Folder {
        final String id;
        String name;
        String parentId;
        String owner = "admin";

        Folder(String id, String name, String parentId) {
            this.id = id;
            this.name = name;
            this.parentId = parentId;
        }
    }

    private final Object lock;
    private final Map<String, Folder> folders = new LinkedHashMap<>();
    private int next = 1;

    Folders(Object lock) {
        this.lock = lock;
        folders.put(ROOT, new Folder(ROOT, null, null));
    }

    /** Adds a folder below another and returns its id. */
    public String add(String parentId, String name) {
        synchronized (lock) {
            Folder parent = existing(parentId);
            String id = "fld%05d".formatted(next++);
            folders.put(id, new Folder(id, name, parent.id));
            return id;
        }
    }

    Folder existing(String id) {
        Folder folder = folders.get(id);
        if (folder == null) {
            throw ApiError.notFound("Project folder '" + id + "' does not exist");
        }
        return folder;
    }

    void remove(String id) {
        folders.remove(id);
    }

    List<String> childrenOf(String id) {
        List<String> children = new ArrayList<>();
        for (Folder folder : folders.values()) {
            if (id.equals(folder.parentId)) {
                children.add(folder.id);
            }
        }
        return children;
    }

    /** The way from below the root down to a folder. */
    List<ObjectNode> path(String id) {
        List<ObjectNode> path = new ArrayList<>();
        for (Folder at = existing(id); at.parentId != null; at = existing(at.parentId)) {
            path.add(0, Json.object().put("id", at.id).put("name", at.name));
        }
        return path;
    }

    boolean isBelow(String id, String ancestor) {
        for (Folder at = existing(id); at != null; at = at.parentId == null ? null : existing(at.parentId)) {
            if (at.id.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }
}
