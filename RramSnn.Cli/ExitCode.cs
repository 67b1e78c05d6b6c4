namespace RramSnn.Cli;

/// <summary>What the program returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Done = 0;

    /// <summary>A defect of the program.</summary>
    internal const int Defect = 1;

    /// <summary>Bad input or usage.</summary>
    internal const int BadInput = 2;

    /// <summary>Ended by Ctrl+C, SIGTERM or SIGHUP.</summary>
    internal const int Interrupted = 3;
}
