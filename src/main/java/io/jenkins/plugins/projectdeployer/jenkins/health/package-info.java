/** What administrators are told without asking. */
package io.jenkins.plugins.projectdeployer.jenkins.health;
