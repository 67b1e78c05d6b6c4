namespace RramSnn.Kernels.Threading;

/// <summary>Where the threads of a team run.</summary>
public enum WorkerPlacement
{
    /// <summary>Where the system puts them; the caller is one of the workers.</summary>
    Free,

    /// <summary>
    /// Each worker on processors of its own, if the system allows it: the processors that the team's maker may use are divided
    /// among the workers, one each where there are as many of both.
    /// </summary>
    Pinned,
}
