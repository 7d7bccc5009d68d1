namespace Gamification.Runtime.Generator; internal static class P3 { }
