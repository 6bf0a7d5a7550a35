this is not js
