/** Everything that knows Jenkins. It talks to the front door alone; nothing below knows it. */
package io.jenkins.plugins.projectdeployer.jenkins;
