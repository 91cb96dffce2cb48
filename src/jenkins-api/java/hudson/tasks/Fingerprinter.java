package hudson.tasks;

import hudson.model.Action;
import hudson.model.Run;
import java.io.Serializable;
import java.util.Map;

public class Fingerprinter extends Publisher implements Serializable {

    public static final class FingerprintAction implements Action {

        public FingerprintAction(Run build, Map<String, String> record) {}

        public void add(Map<String, String> moreRecords) {
            throw new UnsupportedOperationException();
        }

        public String getDisplayName() {
            throw new UnsupportedOperationException();
        }

        public String getIconFileName() {
            throw new UnsupportedOperationException();
        }

        public String getUrlName() {
            throw new UnsupportedOperationException();
        }
    }
}
