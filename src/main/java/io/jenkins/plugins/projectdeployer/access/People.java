package io.jenkins.plugins.projectdeployer.access;

/** The directory of people, as Jenkins' security realm has it. */
public interface People {

    /**
     * The person of this id with their groups at this moment.
     *
     * @throws io.jenkins.plugins.projectdeployer.model.Refused when nobody has this id, or when the directory does not
     *     answer: groups of an earlier login are never used instead
     */
    Person person(String userId);

    /** The form in which two ids of one user are equal. */
    String userKey(String userId);

    /** The form in which two names of one group are equal. */
    String groupKey(String groupName);
}
