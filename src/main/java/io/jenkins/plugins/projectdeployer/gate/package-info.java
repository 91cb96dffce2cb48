/** May it go out now: promotion rule, freezes, approvals; and the door through which people decide (design 7). */
package io.jenkins.plugins.projectdeployer.gate;
