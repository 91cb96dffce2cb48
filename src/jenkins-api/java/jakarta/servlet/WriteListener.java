package jakarta.servlet;

import java.util.EventListener;

public interface WriteListener extends EventListener {}
