/** Who may do what, and why (not). Knows names and grants, nothing of Jenkins, nodes or storage. */
package io.jenkins.plugins.projectdeployer.access;
