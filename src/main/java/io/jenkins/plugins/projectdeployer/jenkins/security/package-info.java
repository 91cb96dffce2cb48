/** Who asks, and what the security realm says of them. */
package io.jenkins.plugins.projectdeployer.jenkins.security;
