namespace Gamification; internal static class P2;
