namespace Gamification.Runtime;

/// <summary>Marks the namespace until the host lands.</summary>
internal static class Placeholder;
