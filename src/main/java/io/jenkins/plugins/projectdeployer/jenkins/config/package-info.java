/**
 * The form, XML and code shape of the configuration. The fields are those of the model's records, by the same names;
 * {@code toModel()} is the only way from here to there.
 */
package io.jenkins.plugins.projectdeployer.jenkins.config;
