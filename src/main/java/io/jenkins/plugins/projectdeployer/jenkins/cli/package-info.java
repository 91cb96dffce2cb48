/** Deciding from a terminal: the same doors as pages and resources use, so the checks are the same. */
package io.jenkins.plugins.projectdeployer.jenkins.cli;
