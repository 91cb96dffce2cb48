/** HTTP resources, transport-neutral: request in, JSON out. */
package io.jenkins.plugins.projectdeployer.web;
