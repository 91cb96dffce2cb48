/** Plans and carries out one update, phase by phase; rolls back. */
package io.jenkins.plugins.projectdeployer.deployment;
