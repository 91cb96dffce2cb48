/** What a Pipeline author writes, and how it outlives a restart. */
package io.jenkins.plugins.projectdeployer.jenkins.step;
