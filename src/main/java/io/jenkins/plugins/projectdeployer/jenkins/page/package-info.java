/** What people see who do not administer Jenkins: each what they hold a right on. */
package io.jenkins.plugins.projectdeployer.jenkins.page;
