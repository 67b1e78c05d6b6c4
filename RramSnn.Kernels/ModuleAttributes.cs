using System.Runtime.CompilerServices;

// Kernels write their scratch memory before they read it; to clear kilobytes of stack first would be a noticeable part of a small call.
[module: SkipLocalsInit]
