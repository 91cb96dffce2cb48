/** The public API in front of Jenkins: taken with a key, and with nothing else. */
package io.jenkins.plugins.projectdeployer.jenkins.rest;
