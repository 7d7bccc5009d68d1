namespace Gamification; internal static class P1;
