"""Adam: gradient descent with a step of its own for each weight.

Source: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2014.
"""

import numpy as np


class Adam:
    """Moves weights against their gradients.

    `weights` {name: array} are changed in place. The step of each weight is
    about `rate`, however large or small its gradients are.
    """

    def __init__(self, weights, beta1=0.9, beta2=0.99, epsilon=1e-8):
        """Begin with all the means at zero."""
        self.weights = weights
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self.steps = 0
        self.mean = {k: np.zeros_like(w) for k, w in weights.items()}
        self.square = {k: np.zeros_like(w) for k, w in weights.items()}

    # --8<-- [start:step]
    def step(self, gradients, rate):
        """One step. gradients: {name: array}, shapes as the weights."""
        self.steps += 1
        for name, g in gradients.items():
            mean, square = self.mean[name], self.square[name]
            mean += (1 - self.beta1) * (g - mean)
            square += (1 - self.beta2) * (g * g - square)
            # The two means start from zero: make up for it.
            m = mean / (1 - self.beta1**self.steps)
            s = square / (1 - self.beta2**self.steps)
            self.weights[name] -= rate * m / (np.sqrt(s) + self.epsilon)

    # --8<-- [end:step]
