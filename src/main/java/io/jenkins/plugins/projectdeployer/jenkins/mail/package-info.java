/** Tells people of gates by mail, where Jenkins' mailer is installed. */
package io.jenkins.plugins.projectdeployer.jenkins.mail;
