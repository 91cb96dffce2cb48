package io.jenkins.plugins.projectdeployer.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** One Jenkins for all tests of a class, emptied before each. Starting one takes longer than most tests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OneJenkins.class)
@interface WithOneJenkins {}
