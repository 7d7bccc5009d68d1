namespace Gamification.Silo.Engine;

/// <summary>The embedded host is one process, and that one has the HTTP edge.</summary>
internal static class SiloNode
{
    public const string Usage = "A node without HTTP belongs to a cluster: build with -p:ActorRuntime=Orleans. The engine in one process is the project api.";

    public static Task Run(EngineOptions options) => throw new FormatException(Usage);
}
