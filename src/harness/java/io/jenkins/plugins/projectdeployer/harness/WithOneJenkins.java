package io.jenkins.plugins.projectdeployer.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** One Jenkins for all tests of all classes in a JVM, emptied before each. Starting one takes longer than most tests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(OneJenkins.class)
@interface WithOneJenkins {

    /** Whether this class wants one that no other class has used before. */
    boolean fresh() default false;
}
