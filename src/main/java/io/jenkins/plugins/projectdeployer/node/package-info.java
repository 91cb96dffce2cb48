/**
 * Talks to automation and design nodes over their public HTTP API.
 *
 * <p>{@link io.jenkins.plugins.projectdeployer.node.AutomationNode} is the way in; each kind of thing on a node has a
 * class of its own. Documents whose shape belongs to the node (settings, scenarios, web apps, permissions) stay JSON and
 * go back whole.
 */
package io.jenkins.plugins.projectdeployer.node;
