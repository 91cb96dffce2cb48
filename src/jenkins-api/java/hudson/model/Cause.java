package hudson.model;

import java.util.List;

public abstract class Cause {

    public abstract String getShortDescription();

    public static class UpstreamCause extends Cause {

        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }

        public int getUpstreamBuild() {
            throw new UnsupportedOperationException();
        }

        public List<Cause> getUpstreamCauses() {
            throw new UnsupportedOperationException();
        }

        public String getUpstreamProject() {
            throw new UnsupportedOperationException();
        }

        public Run<?, ?> getUpstreamRun() {
            throw new UnsupportedOperationException();
        }

        public static class DeeplyNestedUpstreamCause extends Cause {

            public String getShortDescription() {
                throw new UnsupportedOperationException();
            }
        }
    }

    public static class UserIdCause extends Cause {

        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }

        public String getUserId() {
            throw new UnsupportedOperationException();
        }
    }
}
