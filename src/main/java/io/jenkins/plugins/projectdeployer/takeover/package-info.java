/** Coming from a Dataiku Deployer: what is there is read, written as configuration, and its deployments are taken over. */
package io.jenkins.plugins.projectdeployer.takeover;
